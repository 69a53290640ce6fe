// SO_KEEPALIVE from within a callback of the stack: the condition function of WSAAccept.
#include <functional>
#include <optional>

#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/condition.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/so_keepalive.h"

namespace cts {
namespace {

using namespace key::so_keepalive;

// Accepts a connection with a condition function that makes the call; what the call gave there.
std::optional<Result> within_callback(SocketApi& api, int family, const std::function<Result()>& call) {
  const Socket listener = open_listener(api, family);
  const Socket client = open_tcp(api, family);
  connect_to(api, client, listener, family);
  std::optional<Result> given;
  const Condition condition([&] {
    given = call();
    return CF_ACCEPT;
  });
  const SocketResult accepted =
      api.WSAAccept(listener, nullptr, nullptr, condition.function(), condition.data());
  if (accepted.ok()) const Socket closes_itself(api, accepted.value);
  return given;
}

}  // namespace

CTS_CASE(Callback, SetIsInProgress, set_inside_callback, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  const auto result = within_callback(api(), param, [&] { return set_keep_alive(api(), s, 1); });
  if (!result) throw SetUpFailure("WSAAccept did not call its condition function");
  Expect("result", *result, Fails(WSAEINPROGRESS));
}

CTS_CASE(Callback, GetIsInProgress, get_inside_callback, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  const auto result = within_callback(api(), param, [&] { return get_keep_alive(api(), s); });
  if (!result) throw SetUpFailure("WSAAccept did not call its condition function");
  Expect("result", *result, Fails(WSAEINPROGRESS));
}

}  // namespace cts
