// What a socket returned by WSAAccept has from its listening socket.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/condition.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/inheritance.h"

namespace cts {

CTS_CASE(WsaAccept, WithoutACondition, key::inheritance::wsaaccept, over(tcp())) {
  const Socket listener = open_listener(api(), param);
  turn_on(api(), listener);
  const Socket client = open_tcp(api(), param);
  connect_to(api(), client, listener, param);
  const SocketResult returned = api().WSAAccept(listener, nullptr, nullptr, nullptr, 0);
  Record("WSAAccept", returned);
  const Socket accepted(api(), returned.value);
  Record("accepted socket", read_keep_alive(api(), accepted));
}

CTS_CASE(WsaAccept, WithAConditionThatAccepts, key::inheritance::wsaaccept, over(tcp())) {
  const Socket listener = open_listener(api(), param);
  turn_on(api(), listener);
  const Socket client = open_tcp(api(), param);
  connect_to(api(), client, listener, param);
  const Condition accept_it([] { return CF_ACCEPT; });
  const SocketResult returned =
      api().WSAAccept(listener, nullptr, nullptr, accept_it.function(), accept_it.data());
  Record("WSAAccept", returned);
  const Socket accepted(api(), returned.value);
  Record("accepted socket", read_keep_alive(api(), accepted));
}

CTS_CASE(WsaAccept, AfterAConditionThatDefers, key::inheritance::wsaaccept, over(tcp())) {
  const Socket listener = open_listener(api(), param);
  turn_on(api(), listener);
  const Socket client = open_tcp(api(), param);
  connect_to(api(), client, listener, param);
  const Condition defer_it([] { return CF_DEFER; });
  Record("WSAAccept", api().WSAAccept(listener, nullptr, nullptr, defer_it.function(), defer_it.data()));
  const Socket accepted = accept_one(api(), listener);
  Record("accepted socket", read_keep_alive(api(), accepted));
}

}  // namespace cts
