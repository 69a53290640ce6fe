// SO_KEEPALIVE once the network subsystem has failed.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/so_keepalive.h"

namespace cts {

using namespace key::so_keepalive;

CTS_CASE(NetworkDown, RefusesToSet, set_network_down, over(tcp()), Environment::network_down) {
  const Socket s = open_tcp(api(), param);
  Expect("result", set_keep_alive(api(), s, 1), Fails(WSAENETDOWN));
}

CTS_CASE(NetworkDown, RefusesToGet, get_network_down, over(tcp()), Environment::network_down) {
  const Socket s = open_tcp(api(), param);
  Expect("result", get_keep_alive(api(), s), Fails(WSAENETDOWN));
}

}  // namespace cts
