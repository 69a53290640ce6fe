// Option and control code while a blocking recv waits in another thread.
#include <atomic>
#include <memory>
#include <optional>

#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/pair.h"
#include "fixtures/verdict/case.h"
#include "keys/states.h"

namespace cts {
namespace {

using namespace key::states;

// Waits for one byte in a thread of its own.
class Receiver {
 public:
  Receiver(SocketApi& api, SOCKET s)
      : thread_(api.start_thread([this, &api, s] {
          begun_ = true;
          char byte = 0;
          received_ = api.recv(s, &byte, sizeof byte, 0);
        })) {
    while (!begun_) api.SleepEx(1, 0);
    api.SleepEx(kFromBeginToWaiting, 0);
  }

  Result received() {
    thread_->join();
    return received_;
  }

 private:
  static constexpr DWORD kFromBeginToWaiting = 10;  // no call tells that another thread waits in recv

  std::atomic<bool> begun_{false};
  Result received_{};
  std::unique_ptr<TestThread> thread_;
};

}  // namespace

CTS_CASE(Receiving, AnswersOptionAndControlCode, receiving_in_another_thread, over(tcp())) {
  std::optional<Receiver> receiver;  // outlives the pair: closing ends a recv that still waits
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
