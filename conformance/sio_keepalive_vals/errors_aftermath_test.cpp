// Errors that should not be lasting: of a non-blocking socket, and what a refusal does to a connection.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/connecting.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/pair.h"
#include "fixtures/sockets/traffic.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {
namespace {

using namespace key::sio_keepalive_vals;

constexpr int kCalls = 1'000;

struct FailingCall {
  DWORD code;
  DWORD size;
  bool has_input;
  bool has_count;
};

Axis<FailingCall> failing_calls() {
  return {{"short-input", {SIO_KEEPALIVE_VALS, 4, true, true}},
          {"no-input", {SIO_KEEPALIVE_VALS, 12, false, true}},
          {"no-byte-count", {SIO_KEEPALIVE_VALS, 12, true, false}},
          {"unknown-code", {0xDEADBEEF, 12, true, true}}};
}

Result make(SocketApi& api, SOCKET s, const FailingCall& call) {
  tcp_keepalive on{1, 10'000, 1'000};
  DWORD bytes = 0;
  return api.WSAIoctl(s, call.code, call.has_input ? &on : nullptr, call.size, nullptr, 0,
                      call.has_count ? &bytes : nullptr, nullptr, nullptr);
}

}  // namespace

CTS_CASE(NonBlockingSocket, WouldBlock, errors_would_block, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  set_nonblocking(api(), s);
  int would_block = 0;
  for (int i = 0; i < kCalls; ++i) {
    if (set_keep_alive_vals(api(), s, {1, 10'000, 1'000}).failed_with(WSAEWOULDBLOCK)) ++would_block;
  }
  Record("calls with WSAEWOULDBLOCK", would_block);
}

CTS_CASE(FailingCall, LeavesTheConnection, errors_socket_still_usable, over(tcp(), failing_calls()),
         isolated) {
  const auto [family, call] = param;
  const Pair pair(api(), family);
  Record("result", make(api(), pair.connecting, call));
  Record("data passes both ways", passes_data_both_ways(api(), pair));
}

}  // namespace cts
