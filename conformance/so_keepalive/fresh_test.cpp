// SO_KEEPALIVE before anybody touched it.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/so_keepalive.h"

namespace cts {

CTS_CASE(FreshSocket, IsOff, key::so_keepalive::fresh_off, over(tcp())) {
  const int family = param;
  const Socket s = open_tcp(api(), family);
  int value = 0;
  int length = sizeof value;
  const Result got = api().getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, reinterpret_cast<char*>(&value), &length);
  Expect("result", got, Succeeds());
  Expect("value", value, 0);
}

}  // namespace cts
