// Option and control code while a connect has begun and not ended.
#include "fixtures/sockets/connecting.h"
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/verdict/case.h"
#include "keys/states.h"

namespace cts {

using namespace key::states;

CTS_CASE(Connecting, RefusesToSet, connecting_set, over(tcp(), connect_ways())) {
  const auto [family, way] = param;
  const Connecting s(api(), family, way);
  Expect("result", set_keep_alive(api(), s, 1), Fails(WSAEINVAL));
}

CTS_CASE(Connecting, TakesSetBeforeVista, connecting_set_before_vista, over(tcp())) {
  const Connecting s(api(), param);
  Expect("result", set_keep_alive(api(), s, 1), Succeeds());
}

CTS_CASE(Connecting, AnswersTheControlCode, connecting_control_code, over(tcp(), connect_ways())) {
  const auto [family, way] = param;
  const Connecting s(api(), family, way);
  Record("result", set_keep_alive_vals(api(), s, {1, 10'000, 1'000}));
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(Connecting, AnswersGet, connecting_get, over(tcp(), connect_ways())) {
  const auto [family, way] = param;
  const Connecting s(api(), family, way);
  Record("keep-alive", read_keep_alive(api(), s));
}

}  // namespace cts
