// What an accepted socket has of the times that were set on its listener.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/inheritance.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {

using namespace key::inheritance;

CTS_CASE(AcceptedTimes, State, times_option, over(tcp())) {
  const Socket listener = open_listener(api(), param);
  Record("control code on the listener", set_keep_alive_vals(api(), listener, {1, 30'000, 4'000}));
  const Socket client = open_tcp(api(), param);
  connect_to(api(), client, listener, param);
  const Socket accepted = accept_one(api(), listener);
  Record("accepted socket", read_keep_alive(api(), accepted));
}

CTS_CASE(AcceptedTimes, Readback, times_readback, over(tcp())) {
  const Socket listener = open_listener(api(), param);
  turn_on_with(api(), listener, 30'000, 4'000);
  const Socket client = open_tcp(api(), param);
  connect_to(api(), client, listener, param);
  const Socket accepted = accept_one(api(), listener);
  Record("TCP_KEEPIDLE", read_tcp_option(api(), accepted, TCP_KEEPIDLE));
  Record("TCP_KEEPINTVL", read_tcp_option(api(), accepted, TCP_KEEPINTVL));
}

CTS_CASE(AcceptedTimes, OfTheTcpOptions, tcp_keep_options, over(tcp())) {
  const Socket listener = open_listener(api(), param);
  Record("setting TCP_KEEPIDLE", set_tcp_option(api(), listener, TCP_KEEPIDLE, 60));
  Record("setting TCP_KEEPINTVL", set_tcp_option(api(), listener, TCP_KEEPINTVL, 5));
  Record("setting TCP_KEEPCNT", set_tcp_option(api(), listener, TCP_KEEPCNT, 7));
  const Socket client = open_tcp(api(), param);
  connect_to(api(), client, listener, param);
  const Socket accepted = accept_one(api(), listener);
  Record("TCP_KEEPIDLE", read_tcp_option(api(), accepted, TCP_KEEPIDLE));
  Record("TCP_KEEPINTVL", read_tcp_option(api(), accepted, TCP_KEEPINTVL));
  Record("TCP_KEEPCNT", read_tcp_option(api(), accepted, TCP_KEEPCNT));
}

}  // namespace cts
