// Option and control code on a connection that has come to its end: shut down, closed or reset by the peer.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/state.h"
#include "fixtures/verdict/case.h"
#include "keys/so_keepalive.h"
#include "keys/states.h"

namespace cts {

using namespace key::states;

CTS_CASE(Reset, RefusesToSet, key::so_keepalive::set_reset_connection, over(tcp(), reset_states())) {
  const auto [family, state] = param;
  const InState s(api(), family, state);
  Expect("result", set_keep_alive(api(), s, 1), Fails(WSAENOTCONN));
}

CTS_CASE(Reset, AnswersGet, reset_get, over(tcp(), reset_states())) {
  const auto [family, state] = param;
  const InState s(api(), family, state);
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(Reset, AnswersTheControlCode, reset_control_code, over(tcp(), reset_states())) {
  const auto [family, state] = param;
  const InState s(api(), family, state);
  Record("result", set_keep_alive_vals(api(), s, {1, 10'000, 1'000}));
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(ShutDown, CanBeRead, shut_down_get, over(tcp(), shut_down_states())) {
  const auto [family, state] = param;
  const InState s(api(), family, state);
  Expect("result", get_keep_alive(api(), s), Succeeds());
}

CTS_CASE(ShutDown, AnswersOptionAndControlCode, shut_down_set_and_control_code,
         over(tcp(), shut_down_states())) {
  const auto [family, state] = param;
  const InState s(api(), family, state);
  Record("set", set_keep_alive(api(), s, 1));
  Record("keep-alive after set", read_keep_alive(api(), s));
  Record("control code", set_keep_alive_vals(api(), s, {0, 0, 0}));
  Record("keep-alive after the control code", read_keep_alive(api(), s));
}

CTS_CASE(PeerClosed, AnswersOptionAndControlCode, peer_closed, over(tcp())) {
  const InState s(api(), param, SocketState::peer_closed);
  Record("get", get_keep_alive(api(), s));
  Record("set", set_keep_alive(api(), s, 1));
  Record("keep-alive after set", read_keep_alive(api(), s));
  Record("control code", set_keep_alive_vals(api(), s, {0, 0, 0}));
  Record("keep-alive after the control code", read_keep_alive(api(), s));
}

}  // namespace cts
