// SO_KEEPALIVE and SIO_KEEPALIVE_VALS switch the same thing.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/interplay.h"

namespace cts {

using namespace key::interplay;

CTS_CASE(Switches, OptionTurnsOffWhatTheCodeTurnedOn, option_disables_control_code, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  turn_on_with(api(), s, 10'000, 1'000);
  Expect("result", set_keep_alive(api(), s, 0), Succeeds());
  Expect("keep-alive", keep_alive(api(), s), "off");
}

CTS_CASE(Switches, CodeTurnsOffWhatTheOptionTurnedOn, control_code_disables_option, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  turn_on(api(), s);
  Expect("result", set_keep_alive_vals(api(), s, {0, 10'000, 1'000}), Succeeds());
  Expect("keep-alive", keep_alive(api(), s), "off");
}

}  // namespace cts
