// The times in force, as TCP_KEEPIDLE and TCP_KEEPINTVL read them, after option and control code.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/interplay.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {

using namespace key::interplay;

CTS_CASE(TimesInForce, OfTheOptionAloneAreTheDefaults, option_uses_defaults_readback, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  turn_on(api(), s);
  Expect("TCP_KEEPIDLE", tcp_option(api(), s, TCP_KEEPIDLE), 7'200);
  Expect("TCP_KEEPINTVL", tcp_option(api(), s, TCP_KEEPINTVL), 1);
}

CTS_CASE(TimesInForce, SurviveTheOption, times_survive_option_readback, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  turn_on(api(), s);
  turn_on_with(api(), s, 30'000, 4'000);
  turn(api(), s, false);
  turn(api(), s, true);
  Expect("TCP_KEEPIDLE", tcp_option(api(), s, TCP_KEEPIDLE), 30);
  Expect("TCP_KEEPINTVL", tcp_option(api(), s, TCP_KEEPINTVL), 4);
}

CTS_CASE(TimesInForce, AfterConnect, times_survive_connect_readback, over(tcp())) {
  const Socket listener = open_listener(api(), param);
  const Socket s = open_tcp(api(), param);
  turn_on_with(api(), s, 30'000, 4'000);
  connect_to(api(), s, listener, param);
  Record("TCP_KEEPIDLE", read_tcp_option(api(), s, TCP_KEEPIDLE));
  Record("TCP_KEEPINTVL", read_tcp_option(api(), s, TCP_KEEPINTVL));
}

CTS_CASE(TimesInForce, AfterTheCodeTurnedOff, control_code_off_option_on_readback, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  turn_on_with(api(), s, 30'000, 4'000);
  Given(key::sio_keepalive_vals::onoff_zero_ignores_times, set_keep_alive_vals(api(), s, {0, 0, 0}));
  turn_on(api(), s);
  Record("TCP_KEEPIDLE", read_tcp_option(api(), s, TCP_KEEPIDLE));
  Record("TCP_KEEPINTVL", read_tcp_option(api(), s, TCP_KEEPINTVL));
}

CTS_CASE(TimesInForce, OfTheCodeReadBack, tcp_options_read_control_code, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  turn_on_with(api(), s, 10'000, 2'000);
  Record("TCP_KEEPIDLE", read_tcp_option(api(), s, TCP_KEEPIDLE));
  Record("TCP_KEEPINTVL", read_tcp_option(api(), s, TCP_KEEPINTVL));
}

CTS_CASE(TimesInForce, IdleAloneTurnsNothingOn, tcp_keepidle_leaves_off, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Record("setting TCP_KEEPIDLE", set_tcp_option(api(), s, TCP_KEEPIDLE, 60));
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(TimesInForce, OfTheLastWriter, last_writer_wins_readback,
         over(tcp(), Axis<bool>{{"code-last", true}, {"options-last", false}})) {
  const auto [family, code_last] = param;
  const Socket s = open_tcp(api(), family);
  if (!code_last) turn_on_with(api(), s, 30'000, 4'000);
  Record("setting TCP_KEEPIDLE", set_tcp_option(api(), s, TCP_KEEPIDLE, 60));
  Record("setting TCP_KEEPINTVL", set_tcp_option(api(), s, TCP_KEEPINTVL, 5));
  if (code_last) turn_on_with(api(), s, 30'000, 4'000);
  Record("TCP_KEEPIDLE", read_tcp_option(api(), s, TCP_KEEPIDLE));
  Record("TCP_KEEPINTVL", read_tcp_option(api(), s, TCP_KEEPINTVL));
}

CTS_CASE(TimesInForce, TheCodeKeepsTheProbeCount, control_code_keeps_probe_count, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Record("TCP_KEEPCNT before", read_tcp_option(api(), s, TCP_KEEPCNT));
  turn_on_with(api(), s, 30'000, 4'000);
  Record("TCP_KEEPCNT after", read_tcp_option(api(), s, TCP_KEEPCNT));
}

}  // namespace cts
