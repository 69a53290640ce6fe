// An IPv6 socket that speaks IPv4, connected to an IPv4 peer, beside an IPv4 socket.
#include "fixtures/sockets/dual_mode.h"
#include "fixtures/api/names.h"
#include "fixtures/sockets/address.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/families.h"

namespace cts {
namespace {

Socket open_dual_mode(SocketApi& api) {
  Socket s = open_tcp(api, AF_INET6);
  take_both_families(api, s);
  return s;
}

// The listener's IPv4 address as an IPv6 socket names it.
void connect_mapped(SocketApi& api, SOCKET s, SOCKET listener) {
  const Address there = mapped(local_address(api, listener, AF_INET));
  const Result connected = api.connect(s, &there.any, length_for(AF_INET6));
  if (!connected.ok()) throw SetUpFailure("connect gave " + outcome(connected));
}

}  // namespace

CTS_CASE(DualMode, TakesOptionAndControlCode, key::families::dual_mode,
         over(Axis<bool>{{"dual-mode", true}, {"ipv4", false}})) {
  const Socket listener = open_listener(api(), AF_INET);
  const Socket s = param ? open_dual_mode(api()) : open_tcp(api(), AF_INET);
  if (param) {
    connect_mapped(api(), s, listener);
  } else {
    connect_to(api(), s, listener, AF_INET);
  }
  Record("setting the option", set_keep_alive(api(), s, 1));
  Record("keep-alive after the option", read_keep_alive(api(), s));
  Record("control code with onoff 0", set_keep_alive_vals(api(), s, {0, 10'000, 1'000}));
  Record("keep-alive after the control code", read_keep_alive(api(), s));
}

}  // namespace cts
