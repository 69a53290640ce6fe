// Two things wrong with one call of the control code: which of them it tells. No document gives an order.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/connecting.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/overlapped_call.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {
namespace {

using namespace key::sio_keepalive_vals;

constexpr DWORD kShort = 4;
constexpr DWORD kUnknownCode = 0xDEADBEEF;

Result with_short_input(SocketApi& api, SOCKET s) {
  tcp_keepalive on{1, 10'000, 1'000};
  return set_keep_alive_vals(api, s, &on, kShort);
}

Result without_input(SocketApi& api, SOCKET s) {
  return set_keep_alive_vals(api, s, nullptr, sizeof(tcp_keepalive));
}

Result without_byte_count(SocketApi& api, SOCKET s, DWORD size = sizeof(tcp_keepalive)) {
  tcp_keepalive on{1, 10'000, 1'000};
  return api.WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, size, nullptr, 0, nullptr, nullptr, nullptr);
}

}  // namespace

CTS_CASE(Precedence, InvalidSocketAndShortInput, precedence_invalid_socket_short_input, once()) {
  Record("result", with_short_input(api(), INVALID_SOCKET));
}

CTS_CASE(Precedence, InvalidSocketAndNoByteCount, precedence_invalid_socket_null_byte_count, once(),
         isolated) {
  Record("result", without_byte_count(api(), INVALID_SOCKET));
}

CTS_CASE(Precedence, InvalidSocketAndNoInput, precedence_invalid_socket_null_input, once(), isolated) {
  Record("result", without_input(api(), INVALID_SOCKET));
}

CTS_CASE(Precedence, DatagramAndShortInput, precedence_datagram_short_input, over(udp())) {
  Record("result", with_short_input(api(), open_udp(api(), param)));
}

CTS_CASE(Precedence, DatagramAndNoInput, precedence_datagram_null_input, over(udp()), isolated) {
  Record("result", without_input(api(), open_udp(api(), param)));
}

CTS_CASE(Precedence, DatagramAndNoByteCount, precedence_datagram_null_byte_count, over(udp()), isolated) {
  Record("result", without_byte_count(api(), open_udp(api(), param)));
}

CTS_CASE(Precedence, ShortInputAndNoByteCount, precedence_short_input_null_byte_count, over(tcp()),
         isolated) {
  Record("result", without_byte_count(api(), open_tcp(api(), param), kShort));
}

CTS_CASE(Precedence, UnknownCodeAndNoByteCount, precedence_unknown_code_null_byte_count, over(tcp()),
         isolated) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::event);
  const Result result = call.begin_other(kUnknownCode, false);
  Record("result", result);
  if (is_pending(result)) Record("completion", call.completion());
}

CTS_CASE(Precedence, UnknownCodeAndInvalidSocket, precedence_unknown_code_invalid_socket, once()) {
  tcp_keepalive on{1, 10'000, 1'000};
  DWORD bytes = 0;
  Record("result",
         api().WSAIoctl(INVALID_SOCKET, kUnknownCode, &on, sizeof on, nullptr, 0, &bytes, nullptr, nullptr));
}

CTS_CASE(Precedence, ConnectingAndShortInput, precedence_connecting_short_input, over(tcp())) {
  const Connecting s(api(), param);
  Record("result", with_short_input(api(), s));
}

CTS_CASE(Precedence, NotStartedAndInvalidSocket, precedence_before_startup_invalid_socket, once(),
         isolated_without_startup) {
  Record("result", set_keep_alive_vals(api(), INVALID_SOCKET, {1, 10'000, 1'000}));
}

}  // namespace cts
