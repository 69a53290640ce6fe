// The control code as an overlapped call that is queued. No system is known to queue it.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/overlapped_call.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {
namespace {

using namespace key::sio_keepalive_vals;

constexpr tcp_keepalive kOn{1, 10'000, 1'000};

void leave_if_finished(OverlappedCall& call, const Result& result) {
  if (result.ok() && call.completed(0)) {
    throw NotRun(not_run::missing, "the operation was finished at once: nothing was pending");
  }
}

void require_pending(OverlappedCall& call, const Result& result) {
  leave_if_finished(call, result);
  depend_on(overlapped_pending, is_pending(result));
}

// The notices that do not need the socket any more.
Axis<Notice> notices_after_closing() { return {{"port", Notice::port}, {"routine", Notice::routine}}; }

}  // namespace

CTS_CASE(PendingCall, TellsThatItIsPending, overlapped_pending, over(tcp()), Environment::pending) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::event);
  const Result result = call.begin(kOn);
  leave_if_finished(call, result);
  Expect("result", result, Fails(WSA_IO_PENDING));
}

CTS_CASE(PendingCall, LeavesTheByteCount, overlapped_pending_byte_count, over(tcp()), Environment::pending) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::event);
  require_pending(call, call.begin(kOn));
  Expect("byte count", hex(call.byte_count()), "0xdeadbeef");
}

CTS_CASE(PendingCall, SignalsItsEvent, overlapped_event, over(tcp()), Environment::pending) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::event);
  require_pending(call, call.begin(kOn));
  Expect("event is signalled", call.completed(), true);
}

CTS_CASE(PendingCall, ReportsItsResultToWhoWaits, overlapped_result, over(tcp()), Environment::pending) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::event);
  require_pending(call, call.begin(kOn));
  DWORD bytes = kUntouched;
  DWORD flags = kUntouched;
  Expect("result", api().WSAGetOverlappedResult(s, &call.structure(), &bytes, 1, &flags), Succeeds());
  Expect("bytes", bytes, 0);
}

CTS_CASE(PendingCall, SetsAsASynchronousOneDoes, overlapped_same_final_state, over(tcp()),
         Environment::pending) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::event);
  require_pending(call, call.begin(kOn));
  call.completed();
  Expect("keep-alive", keep_alive(api(), s), "on");
}

CTS_CASE(PendingCall, IsAbortedByClosing, overlapped_aborted_by_close, over(tcp(), notices_after_closing()),
         Environment::pending) {
  const auto [family, notice] = param;
  Socket s = open_tcp(api(), family);
  OverlappedCall call(api(), s, notice);
  require_pending(call, call.begin(kOn));
  Record("closing", api().closesocket(s.release()));
  Expect("completion", call.completion(), Fails(WSA_OPERATION_ABORTED));
}

CTS_CASE(PendingCall, IsAbortedByFlush, overlapped_aborted_by_flush, over(tcp(), notices()),
         Environment::pending) {
  const auto [family, notice] = param;
  const Socket s = open_tcp(api(), family);
  OverlappedCall call(api(), s, notice);
  require_pending(call, call.begin(kOn));
  DWORD bytes = 0;
  Record("SIO_FLUSH", api().WSAIoctl(s, SIO_FLUSH, nullptr, 0, nullptr, 0, &bytes, nullptr, nullptr));
  Expect("completion", call.completion(), Fails(WSA_OPERATION_ABORTED));
}

CTS_CASE(PendingCall, IsCompletedAfterItsThread, overlapped_issuing_thread_ends, over(tcp()),
         Environment::pending) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::event);
  api().start_thread([&] { require_pending(call, call.begin(kOn)); })->join();
  Expect("completion", call.completion(), Documented::any_of({Succeeds(), Fails(WSA_OPERATION_ABORTED)}));
}

}  // namespace cts
