// What a socket connected by AcceptEx has from its listening socket, before and after its context is updated.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/extended.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/verdict/case.h"
#include "keys/inheritance.h"
#include "keys/so_keepalive.h"

namespace cts {
namespace {

using namespace key::inheritance;

Axis<bool> listener_states() { return {{"listener-on", true}, {"listener-off", false}}; }

}  // namespace

CTS_CASE(AcceptEx, LeavesOutTheListenersStateAtFirst, acceptex_before_update, over(tcp(), arrivals())) {
  const auto [family, arrival] = param;
  AcceptedEx s(api(), family);
  Given(key::so_keepalive::fresh_off, keep_alive(api(), s.accepted) == "off");
  turn_on(api(), s.listener);
  s.accept(arrival);
  Expect("accepted socket", keep_alive(api(), s.accepted), "off");
}

CTS_CASE(AcceptEx, TakesTheListenersStateWithTheContext, acceptex_after_update,
         over(tcp(), listener_states())) {
  const auto [family, on] = param;
  AcceptedEx s(api(), family);
  turn(api(), s.listener, on);
  s.accept();
  Expect("update", s.update_context(), Succeeds());
  Expect("accepted socket", keep_alive(api(), s.accepted), on ? "on" : "off");
}

CTS_CASE(AcceptEx, OntoASocketWithAStateOfItsOwn, acceptex_own_state, over(tcp(), listener_states())) {
  const auto [family, on] = param;
  AcceptedEx s(api(), family);
  turn(api(), s.listener, on);
  turn(api(), s.accepted, !on);
  s.accept();
  Record("before the update", read_keep_alive(api(), s.accepted));
  Record("update", s.update_context());
  Record("after the update", read_keep_alive(api(), s.accepted));
}

CTS_CASE(AcceptEx, SetBeforeTheContext, acceptex_calls_before_update, over(tcp())) {
  AcceptedEx s(api(), param);
  s.accept();
  Record("option", set_keep_alive(api(), s.accepted, 1));
  Record("after the option", read_keep_alive(api(), s.accepted));
  Record("control code", set_keep_alive_vals(api(), s.accepted, {0, 10'000, 1'000}));
  Record("after the control code", read_keep_alive(api(), s.accepted));
}

}  // namespace cts
