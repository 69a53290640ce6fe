// What a socket keeps of its own when ConnectEx connects it and when DisconnectEx makes it ready again.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/extended.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/verdict/case.h"
#include "fixtures/verdict/not_run.h"
#include "keys/inheritance.h"

namespace cts {

using namespace key::inheritance;

CTS_CASE(ConnectEx, UpdatesTheContextOfASocketThatIsOn, connectex_update, over(tcp())) {
  ConnectedEx s(api(), param);
  turn_on_with(api(), s.caller, 30'000, 4'000);
  s.connect();
  Record("before the update", read_keep_alive(api(), s.caller));
  Record("update", s.update_context());
  Record("after the update", read_keep_alive(api(), s.caller));
  Record("TCP_KEEPIDLE", read_tcp_option(api(), s.caller, TCP_KEEPIDLE));
  Record("TCP_KEEPINTVL", read_tcp_option(api(), s.caller, TCP_KEEPINTVL));
}

// The peer ends the connection first: a socket that ends it itself is ready again only after TIME_WAIT.
CTS_CASE(DisconnectEx, MakesASocketThatIsOnReadyAgain, reuse_after_disconnectex, over(tcp())) {
  const Socket listener = open_listener(api(), param);
  const Socket s = open_tcp(api(), param);
  turn_on_with(api(), s, 30'000, 4'000);
  connect_to(api(), s, listener, param);
  { const Socket closes = accept_one(api(), listener); }
  char byte = 0;
  const Result ended = api().recv(s, &byte, 1, 0);
  if (ended.value != 0) throw SetUpFailure("the peer's end was not seen");
  Record("DisconnectEx", api().DisconnectEx(s, nullptr, TF_REUSE_SOCKET, 0));
  Record("keep-alive", read_keep_alive(api(), s));
  Record("TCP_KEEPIDLE", read_tcp_option(api(), s, TCP_KEEPIDLE));
  Record("TCP_KEEPINTVL", read_tcp_option(api(), s, TCP_KEEPINTVL));
}

}  // namespace cts
