// The control code on what is no socket.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/not_a_socket.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {

using namespace key::sio_keepalive_vals;

CTS_CASE(NotASocket, IsRefusedByControlCode, errors_not_a_socket, over(never_sockets())) {
  const NotASocket handle(api(), param);
  Expect("result", set_keep_alive_vals(api(), handle, {1, 10'000, 1'000}), Fails(WSAENOTSOCK));
}

CTS_CASE(ClosedSocket, IsRefusedByControlCode, errors_closed_socket, over(tcp())) {
  Socket s = open_tcp(api(), param);
  const SOCKET closed = s.release();
  api().closesocket(closed);
  Expect("result", set_keep_alive_vals(api(), closed, {1, 10'000, 1'000}), Fails(WSAENOTSOCK));
}

}  // namespace cts
