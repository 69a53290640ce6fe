// What a dual-mode listener hands on to callers of both families.
#include "fixtures/sockets/dual_mode.h"
#include "fixtures/api/names.h"
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/verdict/case.h"
#include "keys/inheritance.h"
#include "keys/so_keepalive.h"

namespace cts {

CTS_CASE(DualModeListener, HandsItsStateOn, key::inheritance::listener_dual_mode,
         over(tcp(), Axis<bool>{{"on", true}, {"off", false}})) {
  const auto [family, on] = param;
  const DualModeListener listener(api());
  if (on) turn_on(api(), listener);
  Given(key::so_keepalive::fresh_off, on || keep_alive(api(), listener) == "off");
  const Socket client = open_tcp(api(), family);
  const Address address = listener.loopback_address(family);
  const Result connected = api().connect(client, &address.any, length_for(family));
  if (!connected.ok()) throw SetUpFailure("connect gave " + outcome(connected));
  const Socket accepted = accept_one(api(), listener);
  Expect("accepted socket", keep_alive(api(), accepted), on ? "on" : "off");
}

}  // namespace cts
