// What a listener that decides on each caller hands on.
#include "fixtures/api/names.h"
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/condition.h"
#include "fixtures/sockets/connecting.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/inheritance.h"

namespace cts {
namespace {

Socket open_deciding_listener(SocketApi& api, int family) {
  Socket listener = open_tcp(api, family);
  const DWORD on = 1;
  const Result set = api.setsockopt(listener, SOL_SOCKET, SO_CONDITIONAL_ACCEPT,
                                    reinterpret_cast<const char*>(&on), sizeof on);
  if (!set.ok()) {
    throw NotRun(not_run::unsupported,
                 "SO_CONDITIONAL_ACCEPT is not offered by this provider: setsockopt gave " + outcome(set));
  }
  listen_on_loopback(api, listener, family);
  return listener;
}

}  // namespace

CTS_CASE(ConditionalAccept, OfASocket, key::inheritance::conditional_accept,
         over(tcp(), Axis<bool>{{"listener-on", true}, {"listener-off", false}})) {
  const auto [family, on] = param;
  const Socket listener = open_deciding_listener(api(), family);
  turn(api(), listener, on);
  const Socket client = open_tcp(api(), family);
  set_nonblocking(api(), client);  // connect waits for the decision
  const Address address = local_address(api(), listener, family);
  api().connect(client, &address.any, length_for(family));
  const Condition accept_it([] { return CF_ACCEPT; });
  const SocketResult returned =
      api().WSAAccept(listener, nullptr, nullptr, accept_it.function(), accept_it.data());
  Record("WSAAccept", returned);
  const Socket accepted(api(), returned.value);
  Record("accepted socket", read_keep_alive(api(), accepted));
}

}  // namespace cts
