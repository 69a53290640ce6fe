// Option and control code after a connect that was refused.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/state.h"
#include "fixtures/verdict/case.h"
#include "keys/states.h"

namespace cts {

using namespace key::states;

CTS_CASE(Refused, AnswersOptionAndControlCode, connect_failed_calls, over(tcp())) {
  const InState s(api(), param, SocketState::refused);
  Record("get", get_keep_alive(api(), s));
  Record("set", set_keep_alive(api(), s, 1));
  Record("keep-alive after set", read_keep_alive(api(), s));
  Record("control code", set_keep_alive_vals(api(), s, {0, 0, 0}));
  Record("keep-alive after the control code", read_keep_alive(api(), s));
}

CTS_CASE(Refused, ConnectsAgain, connect_failed_reconnect, over(tcp())) {
  const InState s(api(), param, SocketState::refused);
  Record("set", set_keep_alive(api(), s, 1));
  const Socket listener = open_listener(api(), param);
  const Address address = local_address(api(), listener, param);
  Record("connect", api().connect(s, &address.any, length_for(param)));
  Record("keep-alive", read_keep_alive(api(), s));
}

}  // namespace cts
