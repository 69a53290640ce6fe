// The control code as an overlapped call that is finished at once: result, completion, setting.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/guard_memory.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/overlapped_call.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {
namespace {

using namespace key::sio_keepalive_vals;

constexpr tcp_keepalive kOn{1, 10'000, 1'000};

}  // namespace

CTS_CASE(OverlappedCall, IsCompleted, overlapped_asynchronous, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::event);
  Expect("result", call.begin(kOn), Documented::any_of({Succeeds(), Fails(WSA_IO_PENDING)}));
  Expect("completed", call.completed(), true);
}

CTS_CASE(OverlappedCall, FinishedAtOnceReturnsZero, overlapped_immediate_returns_zero, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::event);
  const Result result = call.begin(kOn);
  if (is_pending(result)) {
    throw NotRun(not_run::missing, "the operation was queued rather than finished at once");
  }
  Record("result", result);
  Expect("return value", result.value, 0);
}

CTS_CASE(OverlappedCall, WithoutRoutineSetsTheByteCount, overlapped_byte_count_no_routine, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::event);
  call.start_and_finish(kOn);
  Expect("byte count", call.byte_count(), 0);
}

CTS_CASE(OverlappedCall, WithRoutineSetsTheByteCount, overlapped_byte_count_routine, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::routine);
  call.start_and_finish(kOn);
  Expect("byte count", call.byte_count(), 0);
}

CTS_CASE(OverlappedCall, SignalsItsEvent, overlapped_event, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::event);
  call.start(kOn);
  Expect("event is signalled", call.completed(), true);
}

CTS_CASE(OverlappedCall, ReportsItsResult, overlapped_result, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::event);
  call.start(kOn);
  Given(overlapped_event, call.completed());
  DWORD bytes = kUntouched;
  DWORD flags = kUntouched;
  Expect("result", api().WSAGetOverlappedResult(s, &call.structure(), &bytes, 0, &flags), Succeeds());
  Expect("bytes", bytes, 0);
  Record("flags", hex(flags));
}

CTS_CASE(OverlappedCall, SetsAsASynchronousOneDoes, overlapped_same_final_state,
         over(tcp(), Axis<bool>{{"on", true}, {"off", false}})) {
  const auto [family, on] = param;
  const Socket s = open_tcp(api(), family);
  turn(api(), s, !on);
  OverlappedCall call(api(), s, Notice::event);
  call.begin({on ? 1U : 0U, 10'000, 1'000});
  call.completed();
  Expect("keep-alive", keep_alive(api(), s), on ? "on" : "off");
}

CTS_CASE(OverlappedCall, InputFreedAfterItsReturn, overlapped_input_freed_after_return, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::event);
  {
    const GuardMemory input = GuardMemory::before_a_border(api().memory(), bytes_of(kOn));
    Given(overlapped_immediate_returns_zero, call.begin(input.data(), sizeof kOn));
  }
  Record("completion", call.completion());
  Record("keep-alive", read_keep_alive(api(), s));
}

}  // namespace cts
