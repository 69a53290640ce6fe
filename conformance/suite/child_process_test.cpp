// A socket in the hands of a child process.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/suite.h"

namespace cts {

CTS_CASE(ChildProcess, ReadsASocketThatIsOn, key::suite::socket_in_child_process,
         over(tcp(),
              Axis<Handover>{{"inherited", Handover::inherited}, {"duplicated", Handover::duplicated}})) {
  const auto [family, how] = param;
  const Socket s = open_tcp(api(), family);
  turn_on_with(api(), s, 30'000, 4'000);
  const ChildView seen = api().view_in_child(s, how);
  Record("keep-alive", seen.keep_alive);
  Record("TCP_KEEPIDLE", seen.idle);
  Record("TCP_KEEPINTVL", seen.interval);
}

}  // namespace cts
