// What a socket returned by accept has from its listening socket.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/inheritance.h"
#include "keys/so_keepalive.h"

namespace cts {

using namespace key::inheritance;

CTS_CASE(Accept, TakesOnFromTheListener, accept_listener_on, over(tcp())) {
  const Socket listener = open_listener(api(), param);
  turn_on(api(), listener);
  const Socket client = open_tcp(api(), param);
  connect_to(api(), client, listener, param);
  const Socket accepted = accept_one(api(), listener);
  Expect("accepted socket", keep_alive(api(), accepted), "on");
}

CTS_CASE(Accept, TakesOffFromTheListener, accept_listener_off, over(tcp())) {
  const Socket listener = open_listener(api(), param);
  Given(key::so_keepalive::fresh_off, keep_alive(api(), listener) == "off");
  const Socket client = open_tcp(api(), param);
  connect_to(api(), client, listener, param);
  const Socket accepted = accept_one(api(), listener);
  Expect("accepted socket", keep_alive(api(), accepted), "off");
}

CTS_CASE(Accept, OverrideStaysWithTheAcceptedSocket, override_winsock, over(tcp())) {
  const Socket listener = open_listener(api(), param);
  turn_on(api(), listener);
  const Socket client = open_tcp(api(), param);
  connect_to(api(), client, listener, param);
  const Socket accepted = accept_one(api(), listener);
  Record("turning the accepted socket off", set_keep_alive(api(), accepted, 0));
  Record("accepted socket", read_keep_alive(api(), accepted));
  Record("listener", read_keep_alive(api(), listener));
  const Socket next_client = open_tcp(api(), param);
  connect_to(api(), next_client, listener, param);
  const Socket next = accept_one(api(), listener);
  Record("next accepted socket", read_keep_alive(api(), next));
}

CTS_CASE(Accept, LeavesTheConnectingSide, connecting_side, over(tcp())) {
  const Socket listener = open_listener(api(), param);
  turn_on(api(), listener);
  const Socket client = open_tcp(api(), param);
  connect_to(api(), client, listener, param);
  const Socket accepted = accept_one(api(), listener);
  Record("connecting socket", read_keep_alive(api(), client));
}

CTS_CASE(Accept, OfAConnectionQueuedBeforeTheChange, listener_changed_while_queued,
         over(tcp(), Axis<bool>{{"turned-on", true}, {"turned-off", false}})) {
  const auto [family, to_on] = param;
  const Socket listener = open_listener(api(), family);
  turn(api(), listener, !to_on);
  const Socket client = open_tcp(api(), family);
  connect_to(api(), client, listener, family);
  turn(api(), listener, to_on);
  const Socket accepted = accept_one(api(), listener);
  Record("accepted socket", read_keep_alive(api(), accepted));
}

CTS_CASE(Accept, BeforeTheListenerChanged, listener_changed_after_accept, over(tcp())) {
  const Socket listener = open_listener(api(), param);
  turn_on(api(), listener);
  const Socket client = open_tcp(api(), param);
  connect_to(api(), client, listener, param);
  const Socket accepted = accept_one(api(), listener);
  turn(api(), listener, false);
  Record("accepted socket", read_keep_alive(api(), accepted));
}

}  // namespace cts
