// The onoff member: what it switches, and for whom.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"
#include "keys/so_keepalive.h"

namespace cts {

using namespace key::sio_keepalive_vals;

CTS_CASE(Onoff, OneTurnsItOn, onoff_enables, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Given(call_returns_zero, set_keep_alive_vals(api(), s, {1, 10'000, 1'000}));
  Expect("keep-alive", keep_alive(api(), s), "on");
}

CTS_CASE(Onoff, ZeroTurnsItOff, onoff_disables, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  turn_on_with(api(), s, 10'000, 1'000);
  Expect("result", set_keep_alive_vals(api(), s, {0, 10'000, 1'000}), Succeeds());
  Expect("keep-alive", keep_alive(api(), s), "off");
}

CTS_CASE(Onoff, BelongsToOneConnection, onoff_one_connection_only, over(tcp())) {
  const Socket first = open_tcp(api(), param);
  const Socket second = open_tcp(api(), param);
  Given(key::so_keepalive::fresh_off, keep_alive(api(), second) == "off");
  turn_on_with(api(), first, 10'000, 1'000);
  Expect("second socket after the first was turned on", keep_alive(api(), second), "off");
  Given(onoff_disables, set_keep_alive_vals(api(), second, {0, 10'000, 1'000}));
  Expect("first socket after the second was turned off", keep_alive(api(), first), "on");
}

CTS_CASE(Repeat, LastStateStands, repeat_last_state, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Record("first call", set_keep_alive_vals(api(), s, {1, 60'000, 5'000}));
  Record("second call", set_keep_alive_vals(api(), s, {0, 5'000, 1'000}));
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(Repeat, LastTimesStand, repeat_last_times_readback, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Given(call_returns_zero, set_keep_alive_vals(api(), s, {1, 60'000, 5'000}));
  Given(call_returns_zero, set_keep_alive_vals(api(), s, {1, 5'000, 1'000}));
  Record("TCP_KEEPIDLE", read_tcp_option(api(), s, TCP_KEEPIDLE));
  Record("TCP_KEEPINTVL", read_tcp_option(api(), s, TCP_KEEPINTVL));
}

}  // namespace cts
