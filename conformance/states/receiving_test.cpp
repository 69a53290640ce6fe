// Option and control code while a blocking recv waits in another thread.
#include <optional>

#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/pair.h"
#include "fixtures/sockets/receiver.h"
#include "fixtures/verdict/case.h"
#include "keys/states.h"

namespace cts {

CTS_CASE(Receiving, AnswersOptionAndControlCode, key::states::receiving_in_another_thread, over(tcp())) {
  std::optional<Receiver> receiver;  // outlives the pair, whose end it may have to wait for
  const Pair pair(api(), param);
  receiver.emplace(api(), pair.connecting);
  Record("get", get_keep_alive(api(), pair.connecting));
  Record("set", set_keep_alive(api(), pair.connecting, 1));
  Record("keep-alive after set", read_keep_alive(api(), pair.connecting));
  Record("control code", set_keep_alive_vals(api(), pair.connecting, {0, 0, 0}));
  Record("keep-alive after the control code", read_keep_alive(api(), pair.connecting));
  api().send(pair.accepted, "x", 1, 0);
  Record("bytes received", receiver->received().value);
}

}  // namespace cts
