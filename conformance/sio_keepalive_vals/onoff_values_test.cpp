// Values of onoff besides 0 and 1.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {
namespace {

using namespace key::sio_keepalive_vals;

struct Times {
  u_long time;
  u_long interval;
};

Axis<u_long> nonzero() {
  return {{"2", 2},
          {"0x100", 0x100},
          {"0x10000", 0x10000},
          {"0x80000000", 0x80000000},
          {"0xffffffff", 0xFFFFFFFF}};
}

Axis<Times> any_times() { return {{"zero", {0, 0}}, {"largest", {0xFFFFFFFF, 0xFFFFFFFF}}}; }

}  // namespace

CTS_CASE(OnoffValue, AnyNonzeroTurnsItOn, onoff_any_nonzero_enables, over(tcp(), nonzero())) {
  const auto [family, onoff] = param;
  const Socket s = open_tcp(api(), family);
  Expect("result", set_keep_alive_vals(api(), s, {onoff, 10'000, 1'000}), Succeeds());
  Expect("keep-alive", keep_alive(api(), s), "on");
}

CTS_CASE(OnoffValue, ZeroIgnoresTheTimes, onoff_zero_ignores_times, over(tcp(), any_times())) {
  const auto [family, times] = param;
  const Socket s = open_tcp(api(), family);
  Expect("result", set_keep_alive_vals(api(), s, {0, times.time, times.interval}), Succeeds());
}

CTS_CASE(OnoffValue, ZeroWithTimesReadsBack, onoff_zero_stores_times_readback, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  turn_on_with(api(), s, 60'000, 5'000);
  Given(onoff_disables, set_keep_alive_vals(api(), s, {0, 5'000, 1'000}));
  turn_on(api(), s);
  Record("TCP_KEEPIDLE", read_tcp_option(api(), s, TCP_KEEPIDLE));
  Record("TCP_KEEPINTVL", read_tcp_option(api(), s, TCP_KEEPINTVL));
}

}  // namespace cts
