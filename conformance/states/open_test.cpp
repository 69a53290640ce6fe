// Option and control code on a socket before any connect, while it listens, and on both ends of a connection.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/pair.h"
#include "fixtures/sockets/state.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"
#include "keys/so_keepalive.h"
#include "keys/states.h"

namespace cts {
namespace {

using namespace key::states;

Axis<Socket Pair::*> ends() { return {{"connecting", &Pair::connecting}, {"accepted", &Pair::accepted}}; }

Result call_control_code(SocketApi& api, SOCKET s) { return set_keep_alive_vals(api, s, {1, 10'000, 1'000}); }

// What the control code gives on a new socket is no matter of another state.
bool succeeds_on_a_new_socket(SocketApi& api, int family) {
  return call_control_code(api, open_tcp(api, family)).ok();
}

}  // namespace

CTS_CASE(Unbound, TakesTheOption, unbound_so_keepalive, over(tcp())) {
  const InState s(api(), param, SocketState::unbound);
  Expect("set", set_keep_alive(api(), s, 1), Succeeds());
  Expect("get", get_keep_alive(api(), s), Succeeds());
}

CTS_CASE(Unbound, TakesTheControlCode, unbound_control_code, over(tcp())) {
  const InState s(api(), param, SocketState::unbound);
  Expect("result", call_control_code(api(), s), Succeeds());
}

CTS_CASE(Bound, TakesTheOption, bound_so_keepalive, over(tcp())) {
  const InState s(api(), param, SocketState::bound);
  Expect("set", set_keep_alive(api(), s, 1), Succeeds());
  Expect("get", get_keep_alive(api(), s), Succeeds());
}

CTS_CASE(Bound, TakesTheControlCode, bound_control_code, over(tcp())) {
  Given(key::sio_keepalive_vals::call_returns_zero, succeeds_on_a_new_socket(api(), param));
  const InState s(api(), param, SocketState::bound);
  Expect("result", call_control_code(api(), s), Succeeds());
}

CTS_CASE(Listening, TakesTheOption, listening_so_keepalive, over(tcp())) {
  const InState s(api(), param, SocketState::listening);
  Expect("set", set_keep_alive(api(), s, 1), Succeeds());
  Expect("get", get_keep_alive(api(), s), Succeeds());
}

CTS_CASE(Listening, IsTurnedOn, key::so_keepalive::set_one_enables, over(tcp())) {
  const InState s(api(), param, SocketState::listening);
  Expect("return value", set_keep_alive(api(), s, 1).value, 0);
  Expect("keep-alive", keep_alive(api(), s), "on");
}

CTS_CASE(Listening, AnswersTheControlCode, listening_control_code, over(tcp())) {
  const InState s(api(), param, SocketState::listening);
  Record("result", call_control_code(api(), s));
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(Connected, TakesTheOption, connected_so_keepalive, over(tcp(), ends())) {
  const auto [family, end] = param;
  const Pair pair(api(), family);
  const SOCKET s = pair.*end;
  Expect("set", set_keep_alive(api(), s, 1), Succeeds());
  Expect("get", get_keep_alive(api(), s), Succeeds());
}

CTS_CASE(Connected, TakesTheControlCode, connected_control_code, over(tcp(), ends())) {
  const auto [family, end] = param;
  Given(key::sio_keepalive_vals::call_returns_zero, succeeds_on_a_new_socket(api(), family));
  const Pair pair(api(), family);
  Expect("result", call_control_code(api(), pair.*end), Succeeds());
}

}  // namespace cts
