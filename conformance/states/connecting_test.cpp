// Option and control code while a connect has begun and not ended.
#include "fixtures/sockets/connecting.h"
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/verdict/case.h"
#include "keys/states.h"

namespace cts {

using namespace key::states;

CTS_CASE(Connecting, RefusesToSet, connecting_set, over(tcp())) {
  const Connecting s(api(), param);
  Expect("result", set_keep_alive(api(), s, 1), Fails(WSAEINVAL));
}

CTS_CASE(Connecting, TakesSetBeforeVista, connecting_set_before_vista, over(tcp())) {
  const Connecting s(api(), param);
  Expect("result", set_keep_alive(api(), s, 1), Succeeds());
}

}  // namespace cts
