// Which times the control code accepts. All on sockets without a connection: none of them ever probes.
#include <array>

#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {
namespace {

using namespace key::sio_keepalive_vals;

constexpr std::array<u_long, 20> kBoundaries{0,          1,          499,        500,        999,
                                             1'000,      1'001,      1'499,      1'500,      7'199'999,
                                             7'200'000,  7'200'001,  32'766'999, 32'767'000, 32'767'499,
                                             32'767'500, 0x7FFFFFFF, 0x80000000, 0xFFFFFE0C, 0xFFFFFFFF};

Axis<u_long> largest() { return {{"0x7fffffff", 0x7FFFFFFF}, {"0xffffffff", 0xFFFFFFFF}}; }
Axis<bool> members() { return {{"keepalivetime", true}, {"keepaliveinterval", false}}; }

}  // namespace

CTS_CASE(Times, IdleZero, times_idle_zero, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Record("result", set_keep_alive_vals(api(), s, {1, 0, 1'000}));
  Record("keep-alive", read_keep_alive(api(), s));
  Record("TCP_KEEPIDLE", read_tcp_option(api(), s, TCP_KEEPIDLE));
}

CTS_CASE(Times, IntervalZero, times_interval_zero, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Record("result", set_keep_alive_vals(api(), s, {1, 1'000, 0}));
}

CTS_CASE(Times, SmallestNonzero, times_smallest_nonzero, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Record("result", set_keep_alive_vals(api(), s, {1, 1, 1}));
}

CTS_CASE(Times, Largest, times_largest, over(tcp(), largest())) {
  const auto [family, time] = param;
  const Socket s = open_tcp(api(), family);
  Record("result", set_keep_alive_vals(api(), s, {1, time, time}));
}

CTS_CASE(Times, LargestReadsBack, times_largest_readback, over(tcp(), largest())) {
  const auto [family, time] = param;
  const Socket s = open_tcp(api(), family);
  Record("result", set_keep_alive_vals(api(), s, {1, time, 1'000}));
  Record("TCP_KEEPIDLE", read_tcp_option(api(), s, TCP_KEEPIDLE));
}

CTS_CASE(Times, Boundaries, times_boundaries, over(tcp(), members())) {
  const auto [family, is_time] = param;
  for (const u_long value : kBoundaries) {
    const Socket s = open_tcp(api(), family);
    const u_long time = is_time ? value : 10'000;
    const u_long interval = is_time ? 1'000 : value;
    Record(std::to_string(value) + " ms", set_keep_alive_vals(api(), s, {1, time, interval}));
  }
}

CTS_CASE(Times, RefusedChangesNothing, times_refused_changes_nothing, over(tcp(), largest())) {
  const auto [family, time] = param;
  const Socket s = open_tcp(api(), family);
  Record("result", set_keep_alive_vals(api(), s, {1, time, 1'000}));
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(Times, AnyRelation, times_any_relation, over(tcp(), numbers<u_long>({1'000, 5'000, 9'000}))) {
  const auto [family, interval] = param;
  const Socket s = open_tcp(api(), family);
  Record("result with 5000 ms of idle time", set_keep_alive_vals(api(), s, {1, 5'000, interval}));
}

CTS_CASE(Times, ZeroAfterAnInterval, times_no_keep_value_readback, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  turn_on_with(api(), s, 60'000, 5'000);
  Record("result", set_keep_alive_vals(api(), s, {1, 60'000, 0}));
  Record("TCP_KEEPINTVL", read_tcp_option(api(), s, TCP_KEEPINTVL));
}

CTS_CASE(Times, RoundingToSeconds, times_rounding_to_seconds,
         over(tcp(), numbers<u_long>({1, 499, 500, 999, 1'001, 1'499, 1'500, 1'999}))) {
  const auto [family, time] = param;
  const Socket s = open_tcp(api(), family);
  Given(call_returns_zero, set_keep_alive_vals(api(), s, {1, time, 1'000}));
  Record("TCP_KEEPIDLE", read_tcp_option(api(), s, TCP_KEEPIDLE));
}

}  // namespace cts
