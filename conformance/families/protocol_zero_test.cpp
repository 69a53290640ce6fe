// A stream socket opened with protocol 0.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/families.h"

namespace cts {

CTS_CASE(ProtocolZero, TakesOptionAndControlCode, key::families::protocol_zero, over(tcp())) {
  const Socket s = open_socket(api(), param, SOCK_STREAM, 0);
  Record("setting the option", set_keep_alive(api(), s, 1));
  Record("keep-alive after the option", read_keep_alive(api(), s));
  Record("control code with onoff 0", set_keep_alive_vals(api(), s, {0, 10'000, 1'000}));
  Record("keep-alive after the control code", read_keep_alive(api(), s));
}

}  // namespace cts
