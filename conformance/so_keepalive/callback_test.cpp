// SO_KEEPALIVE from within a callback of the stack.
#include "fixtures/sockets/callback.h"
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/so_keepalive.h"

namespace cts {

using namespace key::so_keepalive;

CTS_CASE(Callback, SetIsInProgress, set_inside_callback, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  const Result result = within_callback(api(), param, [&] { return set_keep_alive(api(), s, 1); });
  Expect("result", result, Fails(WSAEINPROGRESS));
}

CTS_CASE(Callback, GetIsInProgress, get_inside_callback, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  const Result result = within_callback(api(), param, [&] { return get_keep_alive(api(), s); });
  Expect("result", result, Fails(WSAEINPROGRESS));
}

}  // namespace cts
