// Values of the structure that a stack may refuse: which ones no document says, but with which error.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {
namespace {

Axis<tcp_keepalive> unusual_values() {
  return {{"onoff-2", {2, 10'000, 1'000}},
          {"onoff-0xffffffff", {0xFFFFFFFF, 10'000, 1'000}},
          {"time-0", {1, 0, 1'000}},
          {"interval-0", {1, 10'000, 0}},
          {"both-0", {1, 0, 0}},
          {"both-0x7fffffff", {1, 0x7FFFFFFF, 0x7FFFFFFF}},
          {"time-32768000", {1, 32'768'000, 1'000}},
          {"interval-32768000", {1, 10'000, 32'768'000}},
          {"time-0x80000000", {1, 0x80000000, 1'000}},
          {"interval-0x80000000", {1, 10'000, 0x80000000}},
          {"time-0xffffffff", {1, 0xFFFFFFFF, 1'000}},
          {"interval-0xffffffff", {1, 10'000, 0xFFFFFFFF}},
          {"both-0xffffffff", {1, 0xFFFFFFFF, 0xFFFFFFFF}}};
}

}  // namespace

CTS_CASE(UnusualValue, IsTakenOrInvalid, key::sio_keepalive_vals::errors_value_not_acceptable,
         over(tcp(), unusual_values())) {
  const auto [family, values] = param;
  const Socket s = open_tcp(api(), family);
  Expect("result", set_keep_alive_vals(api(), s, values), Documented::any_of({Succeeds(), Fails(WSAEINVAL)}));
}

}  // namespace cts
