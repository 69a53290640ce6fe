// SIO_KEEPALIVE_VALS on a datagram socket: unbound, bound, connected.
#include "fixtures/sockets/address.h"
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/overlapped_call.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/families.h"

namespace cts {
namespace {

using namespace key::families;

enum class DatagramState { unbound, bound, connected };

Axis<DatagramState> datagram_states() {
  return {{"unbound", DatagramState::unbound},
          {"bound", DatagramState::bound},
          {"connected", DatagramState::connected}};
}

Socket datagram_in(SocketApi& api, int family, DatagramState state) {
  Socket s = open_udp(api, family);
  if (state == DatagramState::unbound) return s;
  bind_to_loopback(api, s, family);
  if (state == DatagramState::connected) connect_to(api, s, s, family);  // to itself: any address will do
  return s;
}

}  // namespace

CTS_CASE(Datagram, TurningOnIsRefused, datagram_control_code, over(udp(), datagram_states())) {
  const auto [family, state] = param;
  const Socket s = datagram_in(api(), family, state);
  Expect("result", set_keep_alive_vals(api(), s, {1, 10'000, 1'000}), Fails(WSAENOPROTOOPT));
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(Datagram, TurningOffIsRefused, datagram_control_code_off, over(udp(), datagram_states())) {
  const auto [family, state] = param;
  const Socket s = datagram_in(api(), family, state);
  Expect("result", set_keep_alive_vals(api(), s, {0, 0, 0}), Fails(WSAENOPROTOOPT));
}

CTS_CASE(Datagram, IsRefusedWithOverlapped, datagram_control_code_overlapped, over(udp(), notices())) {
  const auto [family, notice] = param;
  const Socket s = open_udp(api(), family);
  OverlappedCall call(api(), s, notice);
  const Result begun = call.begin({1, 10'000, 1'000});
  Expect("result at once or on completion", is_pending(begun) ? call.completion() : begun,
         Fails(WSAENOPROTOOPT));
}

}  // namespace cts
