// SO_KEEPALIVE on a datagram socket.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/so_keepalive.h"

namespace cts {

using namespace key::so_keepalive;

CTS_CASE(DatagramOption, IsRefusedBySet, set_datagram_socket, over(udp(), numbers<DWORD>({0, 1}))) {
  const auto [family, value] = param;
  const Socket s = open_udp(api(), family);
  Expect("result", set_keep_alive(api(), s, value), Fails(WSAENOPROTOOPT));
}

CTS_CASE(DatagramOption, IsRefusedByGet, get_datagram_socket, over(udp())) {
  const Socket s = open_udp(api(), param);
  Expect("result", get_keep_alive(api(), s), Fails(WSAENOPROTOOPT));
}

}  // namespace cts
