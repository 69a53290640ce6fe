// The completion routine.
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

// No program has code in the first 64 KB, nor in the half of the kernel.
constexpr std::uintptr_t kInTheKernel =
    sizeof(void*) == 8 ? static_cast<std::uintptr_t>(0xFFFF'8000'0000'1000) : 0xFFFF'1000U;

}  // namespace

CTS_CASE(CompletionRoutine, IsCalledOnceInAnAlertableWait, overlapped_routine, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::routine);
  call.start(kOn);
  api().SleepEx(1, 0);
  Expect("calls without an alertable wait", call.routine_calls().size(), 0);
  call.completed();
  api().SleepEx(0, 1);
  Expect("calls after alertable waits", call.routine_calls().size(), 1);
  if (call.routine_calls().empty()) return;
  const RoutineCall& first = call.routine_calls().front();
  Expect("error", first.error, 0);
  Expect("bytes", first.bytes, 0);
  Expect("structure is the call's", first.structure == &call.structure(), true);
  Expect("flags", first.flags, 0);
}

CTS_CASE(CompletionRoutine, FreesTheEventMember, overlapped_routine_frees_event_member,
         over(tcp(), Axis<ULONG_PTR>{{"any-number", 0x1234}, {"all-bits", ~ULONG_PTR{0}}})) {
  const auto [family, event_member] = param;
  const Socket s = open_tcp(api(), family);
  OverlappedCall call(api(), s, Notice::routine);
  call.structure().hEvent = reinterpret_cast<HANDLE>(event_member);
  Expect("result", call.begin(kOn), Documented::any_of({Succeeds(), Fails(WSA_IO_PENDING)}));
  Expect("routine is called", call.completed(), true);
}

CTS_CASE(CompletionRoutine, WithoutAStructure, overlapped_routine_without_structure, over(tcp()), isolated) {
  const Socket s = open_tcp(api(), param);
  const Routine routine(api());
  tcp_keepalive on = kOn;
  DWORD bytes = 0;
  Record("result", api().WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof on, nullptr, 0, &bytes, nullptr,
                                  routine.function()));
  api().SleepEx(kNothingComes, 1);
  Record("routine calls", routine.calls().size());
}

CTS_CASE(CompletionRoutine, IsNeverCalledWithoutTheAttribute, overlapped_routine_ignored_without_attribute,
         over(tcp())) {
  const Socket s = open_tcp_without_overlapped(api(), param);
  OverlappedCall call(api(), s, Notice::routine);
  Given(overlapped_ignored_without_attribute, call.begin(kOn));
  Expect("routine is called", call.completed(kNothingComes), false);
}

// A routine that is not refused is never called here: nothing waits alertably.
CTS_CASE(CompletionRoutine, OutOfReachIsAFault, overlapped_invalid_routine,
         over(tcp(), Axis<std::uintptr_t>{{"one", 1}, {"kernel", kInTheKernel}}), isolated) {
  const auto [family, address] = param;
  const Socket s = open_tcp(api(), family);
  tcp_keepalive on = kOn;
  DWORD bytes = 0;
  WSAOVERLAPPED structure{};
  const auto routine = reinterpret_cast<WSAOVERLAPPED_COMPLETION_ROUTINE>(address);
  Expect("result",
         api().WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof on, nullptr, 0, &bytes, &structure, routine),
         Fails(WSAEFAULT));
}

}  // namespace cts
