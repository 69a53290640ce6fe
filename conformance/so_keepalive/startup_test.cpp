// SO_KEEPALIVE in a process without Winsock: before any WSAStartup, and after the last WSACleanup.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/not_a_socket.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/so_keepalive.h"

namespace cts {

using namespace key::so_keepalive;

// Nobody has a socket before WSAStartup; an event is at least an open handle.
CTS_CASE(BeforeStartup, RefusesToSet, set_before_startup, once(), isolated_without_startup) {
  const NotASocket handle(api(), NoSocket::event);
  Expect("result", set_keep_alive(api(), handle, 1), Fails(WSANOTINITIALISED));
}

CTS_CASE(BeforeStartup, RefusesToGet, get_before_startup, once(), isolated_without_startup) {
  const NotASocket handle(api(), NoSocket::event);
  Expect("result", get_keep_alive(api(), handle), Fails(WSANOTINITIALISED));
}

CTS_CASE(AfterCleanup, RefusesToSet, set_after_cleanup, over(tcp()), isolated) {
  const Socket s = open_tcp(api(), param);
  if (!api().WSACleanup().ok()) throw SetUpFailure("WSACleanup failed");
  Expect("result", set_keep_alive(api(), s, 1), Fails(WSANOTINITIALISED));
}

CTS_CASE(AfterCleanup, RefusesToGet, get_after_cleanup, over(tcp()), isolated) {
  const Socket s = open_tcp(api(), param);
  if (!api().WSACleanup().ok()) throw SetUpFailure("WSACleanup failed");
  Expect("result", get_keep_alive(api(), s), Fails(WSANOTINITIALISED));
}

}  // namespace cts
