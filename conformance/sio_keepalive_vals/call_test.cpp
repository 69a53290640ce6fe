// WSAIoctl with SIO_KEEPALIVE_VALS: the call as such.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"
#include "keys/so_keepalive.h"

namespace cts {

using namespace key::sio_keepalive_vals;

CTS_CASE(ControlCode, ReturnsZero, call_returns_zero, over(tcp()), also(output_none_needed)) {
  const Socket s = open_tcp(api(), param);
  tcp_keepalive on{1, 10'000, 1'000};
  DWORD bytes = 0;
  const Result result =
      api().WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof on, nullptr, 0, &bytes, nullptr, nullptr);
  Expect("return value", result.value, 0);
}

CTS_CASE(ControlCode, LeavesALastError, call_last_error_after_success, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  api().WSASetLastError(0x7777);
  const Result result = set_keep_alive_vals(api(), s, {1, 10'000, 1'000});
  Given(call_returns_zero, result);
  Record("WSAGetLastError", result.error);
}

CTS_CASE(ControlCode, AnswersOnANonBlockingSocket, call_non_blocking_socket, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  u_long yes = 1;
  if (!api().ioctlsocket(s, FIONBIO, &yes).ok()) throw SetUpFailure("FIONBIO failed");
  Record("result", set_keep_alive_vals(api(), s, {1, 10'000, 1'000}));
}

CTS_CASE(ControlCode, IsOverWhenItReturns, call_finished_on_return, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  const Result result = set_keep_alive_vals(api(), s, {1, 10'000, 1'000});
  const std::string state_in_the_next_call = keep_alive(api(), s);
  Given(call_returns_zero, result.ok() || result.failed_with(WSA_IO_PENDING));
  Expect("result", result, Succeeds());
  Expect("keep-alive in the next call", state_in_the_next_call, "on");
}

CTS_CASE(ControlCode, ThroughIoctlsocket, call_through_ioctlsocket, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  tcp_keepalive on{1, 10'000, 1'000};
  Record("result", api().ioctlsocket(s, static_cast<LONG>(SIO_KEEPALIVE_VALS), &on.onoff));
  Record("keep-alive", read_keep_alive(api(), s));
}

}  // namespace cts
