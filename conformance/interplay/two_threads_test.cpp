// Option and control code from two threads at once.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/interplay.h"

namespace cts {
namespace {

constexpr int kTimes = 10'000;

template <typename Call>
int failures_of(Call call) {
  int failures = 0;
  for (int i = 0; i < kTimes; ++i) failures += call().ok() ? 0 : 1;
  return failures;
}

}  // namespace

CTS_CASE(TwoThreads, SetOneSocket, key::interplay::two_threads, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  int failures_of_option = 0;
  int failures_of_code = 0;
  const auto turning_off = api().start_thread(
      [&] { failures_of_option = failures_of([&] { return set_keep_alive(api(), s, 0); }); });
  const auto turning_on = api().start_thread([&] {
    failures_of_code = failures_of([&] { return set_keep_alive_vals(api(), s, {1, 30'000, 4'000}); });
  });
  turning_off->join();
  turning_on->join();
  Record("failed calls of setsockopt", failures_of_option);
  Record("failed calls of WSAIoctl", failures_of_code);
  const std::string state = read_keep_alive(api(), s);
  Record("state at the end", state == "on" || state == "off" ? "on or off" : state);
}

}  // namespace cts
