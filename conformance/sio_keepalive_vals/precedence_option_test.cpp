// Two things wrong with one call of the option: which of them it tells. No document gives an order.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/connecting.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {
namespace {

using namespace key::sio_keepalive_vals;

constexpr int kUnknownLevel = 0x1234;

Result set_with_length(SocketApi& api, SOCKET s, int length) {
  const DWORD one = 1;
  return api.setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, reinterpret_cast<const char*>(&one), length);
}

}  // namespace

CTS_CASE(OptionPrecedence, InvalidSocketAndNoValue, precedence_setsockopt_invalid_socket_null_value, once(),
         isolated) {
  Record("result", api().setsockopt(INVALID_SOCKET, SOL_SOCKET, SO_KEEPALIVE, nullptr, sizeof(DWORD)));
}

CTS_CASE(OptionPrecedence, UnknownLevelAndNoValue, precedence_setsockopt_unknown_level_null_value,
         over(tcp()), isolated) {
  const Socket s = open_tcp(api(), param);
  Record("result", api().setsockopt(s, kUnknownLevel, SO_KEEPALIVE, nullptr, sizeof(DWORD)));
}

CTS_CASE(OptionPrecedence, DatagramAndShortLengthOfSet, precedence_setsockopt_datagram_short_length,
         over(udp(), numbers({0, 1}))) {
  const auto [family, length] = param;
  Record("result", set_with_length(api(), open_udp(api(), family), length));
}

CTS_CASE(OptionPrecedence, DatagramAndShortLengthOfGet, precedence_getsockopt_datagram_short_length,
         over(udp(), numbers({0, 1}))) {
  const auto [family, length] = param;
  const Socket s = open_udp(api(), family);
  DWORD value = 0;
  int room = length;
  Record("result", api().getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, reinterpret_cast<char*>(&value), &room));
}

CTS_CASE(OptionPrecedence, ConnectingAndNoLength, precedence_setsockopt_connecting_short_length,
         over(tcp())) {
  const Connecting s(api(), param);
  Record("result", set_with_length(api(), s, 0));
}

}  // namespace cts
