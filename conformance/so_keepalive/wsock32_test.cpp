// SO_KEEPALIVE through wsock32.dll, as programs of Winsock 1.1 reach it.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/so_keepalive.h"

namespace cts {

CTS_CASE(Wsock32, SetsAndGetsLikeWs2_32, key::so_keepalive::wsock32, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  const DWORD one = 1;
  Record("set", api().wsock32_setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, reinterpret_cast<const char*>(&one),
                                         sizeof one));
  Record("keep-alive read by ws2_32", read_keep_alive(api(), s));
  char value[4] = {};
  int length = sizeof value;
  Record("get", api().wsock32_getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, value, &length));
  Record("first byte", static_cast<int>(value[0]));
  Record("length", length);
}

}  // namespace cts
