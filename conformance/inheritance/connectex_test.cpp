// What a socket keeps of its own when ConnectEx connects it and when DisconnectEx makes it ready again.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/extended.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/pair.h"
#include "fixtures/verdict/case.h"
#include "fixtures/verdict/not_run.h"
#include "keys/inheritance.h"
#include "keys/states.h"

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
  Pair pair(api(), param);
  Given(key::states::connected_control_code, set_keep_alive_vals(api(), pair.connecting, {1, 30'000, 4'000}));
  { const Socket closes = std::move(pair.accepted); }
  char byte = 0;
  const Result ended = api().recv(pair.connecting, &byte, 1, 0);
  if (ended.value != 0) throw SetUpFailure("the peer's end was not seen");
  Record("DisconnectEx", api().DisconnectEx(pair.connecting, nullptr, TF_REUSE_SOCKET, 0));
  Record("keep-alive", read_keep_alive(api(), pair.connecting));
  Record("TCP_KEEPIDLE", read_tcp_option(api(), pair.connecting, TCP_KEEPIDLE));
  Record("TCP_KEEPINTVL", read_tcp_option(api(), pair.connecting, TCP_KEEPINTVL));
}

}  // namespace cts
