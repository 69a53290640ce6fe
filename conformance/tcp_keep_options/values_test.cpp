// TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT and TCP_MAXRT: what can be set and what reads back.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/tcp_keep_options.h"

namespace cts {
namespace {

using namespace key::tcp_keep_options;

constexpr DWORD kNever = 0xFFFFFFFF;

Axis<DWORD> above_largest() { return {{"256", 256}, {"0xffffffff", 0xFFFFFFFF}}; }
Axis<DWORD> limits() { return {{"30", 30}, {"never", kNever}}; }
Axis<int> times() { return {{"keepidle", TCP_KEEPIDLE}, {"keepintvl", TCP_KEEPINTVL}}; }

// What reads back after setting, or with which error setting failed.
Value round_trip(SocketApi& api, SOCKET s, int optname, DWORD value) {
  const Result result = set_tcp_option(api, s, optname, value);
  return result.ok() ? read_tcp_option(api, s, optname) : Value(result);
}

}  // namespace

CTS_CASE(KeepIdle, ReadsAsItWasSet, keepidle_round_trip, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Expect("value", round_trip(api(), s, TCP_KEEPIDLE, 60), 60);
}

CTS_CASE(KeepInterval, ReadsAsItWasSet, keepintvl_round_trip, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Expect("value", round_trip(api(), s, TCP_KEEPINTVL, 5), 5);
}

CTS_CASE(KeepCount, ReadsAsItWasSet, keepcnt_round_trip, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Expect("value", round_trip(api(), s, TCP_KEEPCNT, 5), 5);
}

CTS_CASE(KeepCount, TakesItsLargestValue, keepcnt_largest, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Expect("result", set_tcp_option(api(), s, TCP_KEEPCNT, 255), Succeeds());
}

CTS_CASE(KeepCount, RefusesMoreThanItsLargest, keepcnt_above_largest, over(tcp(), above_largest())) {
  const auto [family, value] = param;
  const Socket s = open_tcp(api(), family);
  Given(keepcnt_round_trip, set_tcp_option(api(), s, TCP_KEEPCNT, 5));
  Expect("is refused", !set_tcp_option(api(), s, TCP_KEEPCNT, value).ok(), true);
}

CTS_CASE(KeepCount, ErrorAboveItsLargest, keepcnt_above_largest_error, over(tcp(), above_largest())) {
  const auto [family, value] = param;
  const Socket s = open_tcp(api(), family);
  Record("result", set_tcp_option(api(), s, TCP_KEEPCNT, value));
}

CTS_CASE(KeepCount, Zero, keepcnt_zero, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Record("value", round_trip(api(), s, TCP_KEEPCNT, 0));
}

CTS_CASE(KeepIdle, Zero, keepidle_zero, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Record("value", round_trip(api(), s, TCP_KEEPIDLE, 0));
}

CTS_CASE(KeepTimes, Largest, largest,
         over(tcp(), times(), numbers<DWORD>({32767, 32768, 0x7FFFFFFF, 0xFFFFFFFF}))) {
  const auto [family, optname, seconds] = param;
  const Socket s = open_tcp(api(), family);
  Record("value", round_trip(api(), s, optname, seconds));
}

CTS_CASE(KeepIdle, WhereMillisecondsOverflow, millisecond_overflow,
         over(tcp(), numbers<DWORD>({4294967, 4294968}))) {
  const auto [family, seconds] = param;
  const Socket s = open_tcp(api(), family);
  Record("value", round_trip(api(), s, TCP_KEEPIDLE, seconds));
}

CTS_CASE(KeepOptions, AreIndependent, independent, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Given(keepidle_round_trip, set_tcp_option(api(), s, TCP_KEEPIDLE, 60));
  Given(keepintvl_round_trip, set_tcp_option(api(), s, TCP_KEEPINTVL, 5));
  Given(keepcnt_round_trip, set_tcp_option(api(), s, TCP_KEEPCNT, 7));
  Given(keepidle_round_trip, set_tcp_option(api(), s, TCP_KEEPIDLE, 90));
  Expect("TCP_KEEPINTVL after TCP_KEEPIDLE", read_tcp_option(api(), s, TCP_KEEPINTVL), 5);
  Expect("TCP_KEEPCNT after TCP_KEEPIDLE", read_tcp_option(api(), s, TCP_KEEPCNT), 7);
  Given(keepintvl_round_trip, set_tcp_option(api(), s, TCP_KEEPINTVL, 8));
  Expect("TCP_KEEPIDLE after TCP_KEEPINTVL", read_tcp_option(api(), s, TCP_KEEPIDLE), 90);
}

CTS_CASE(KeepOptions, Defaults, defaults_values, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Expect("TCP_KEEPIDLE", read_tcp_option(api(), s, TCP_KEEPIDLE), 7'200);
  Expect("TCP_KEEPINTVL", read_tcp_option(api(), s, TCP_KEEPINTVL), 1);
  Expect("TCP_KEEPCNT", read_tcp_option(api(), s, TCP_KEEPCNT), 10);
}

// The registry values that are set are in the fingerprint of the run.
CTS_CASE(KeepOptions, OnAFreshSocket, defaults_readback, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Record("TCP_KEEPIDLE", read_tcp_option(api(), s, TCP_KEEPIDLE));
  Record("TCP_KEEPINTVL", read_tcp_option(api(), s, TCP_KEEPINTVL));
  Record("TCP_KEEPCNT", read_tcp_option(api(), s, TCP_KEEPCNT));
}

CTS_CASE(MaxRt, ReadsAsItWasSet, maxrt_round_trip, over(tcp(), limits())) {
  const auto [family, seconds] = param;
  const Socket s = open_tcp(api(), family);
  Expect("value", round_trip(api(), s, TCP_MAXRT, seconds), seconds);
}

CTS_CASE(MaxRt, Default, maxrt_default, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Record("value", read_tcp_option(api(), s, TCP_MAXRT));
}

}  // namespace cts
