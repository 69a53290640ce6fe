// The control code while Winsock does not serve it: not started, network down, within a callback, cancelled.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/callback.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/not_a_socket.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {
namespace {

using namespace key::sio_keepalive_vals;

constexpr tcp_keepalive kOn{1, 10'000, 1'000};

}  // namespace

// Nobody has a socket before WSAStartup; an event is at least an open handle.
CTS_CASE(BeforeStartup, ControlCode, errors_before_startup, once(), isolated_without_startup) {
  const NotASocket handle(api(), NoSocket::event);
  Record("result", set_keep_alive_vals(api(), handle, kOn));
}

CTS_CASE(AfterCleanup, ControlCode, errors_after_cleanup, over(tcp()), isolated) {
  const Socket s = open_tcp(api(), param);
  if (!api().WSACleanup().ok()) throw SetUpFailure("WSACleanup failed");
  Record("result", set_keep_alive_vals(api(), s, kOn));
}

CTS_CASE(NetworkDown, RefusesTheControlCode, errors_network_down, over(tcp()), Environment::network_down) {
  const Socket s = open_tcp(api(), param);
  Expect("result", set_keep_alive_vals(api(), s, kOn), Fails(WSAENETDOWN));
}

CTS_CASE(Callback, ControlCodeIsInProgress, errors_inside_callback, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  const Result result = within_callback(api(), param, [&] { return set_keep_alive_vals(api(), s, kOn); });
  Expect("result", result, Fails(WSAEINPROGRESS));
}

CTS_CASE(Interrupted, ControlCodeSaysSo, errors_interrupted, over(tcp()), Environment::interrupted) {
  const Socket s = open_tcp(api(), param);
  Expect("result", set_keep_alive_vals(api(), s, kOn), Fails(WSAEINTR));
}

}  // namespace cts
