// The overlapped structure where it does not count, cannot be used, or belongs to a call that fails.
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

enum class OutOfReach { one, inaccessible, read_only, over_page_end };

Axis<OutOfReach> out_of_reach() {
  return {{"one", OutOfReach::one},
          {"inaccessible", OutOfReach::inaccessible},
          {"read-only", OutOfReach::read_only},
          {"over-page-end", OutOfReach::over_page_end}};
}

// An overlapped structure where a call cannot have one.
class StructureOutOfReach {
 public:
  StructureOutOfReach(MemoryMap& map, OutOfReach kind) : kind_(kind), memory_(place(map, kind)) {}
  [[nodiscard]] WSAOVERLAPPED* address() const {
    return kind_ == OutOfReach::one ? reinterpret_cast<WSAOVERLAPPED*>(std::uintptr_t{1})
                                    : memory_.as<WSAOVERLAPPED>();
  }

 private:
  static GuardMemory place(MemoryMap& map, OutOfReach kind) {
    const WSAOVERLAPPED structure{};
    if (kind == OutOfReach::read_only) return GuardMemory::read_only(map, bytes_of(structure));
    if (kind == OutOfReach::over_page_end) {
      return GuardMemory::before_a_border(map, bytes_of(structure).first(8));
    }
    return GuardMemory::inaccessible(map);
  }

  OutOfReach kind_;
  GuardMemory memory_;
};

}  // namespace

CTS_CASE(OverlappedStructure, IsIgnoredWithoutTheAttribute, overlapped_ignored_without_attribute,
         over(tcp())) {
  const Socket s = open_tcp_without_overlapped(api(), param);
  OverlappedCall call(api(), s, Notice::event);
  Expect("result", call.begin(kOn), Succeeds());
  Expect("keep-alive", keep_alive(api(), s), "on");
  Expect("event is signalled", call.completed(kNothingComes), false);
  const WSAOVERLAPPED& after = call.structure();
  Expect("structure is as before", after.Internal == kUntouched && after.InternalHigh == kUntouched, true);
}

CTS_CASE(OverlappedStructure, OutOfReachIsAFault, overlapped_invalid_structure, over(tcp(), out_of_reach()),
         isolated) {
  const auto [family, kind] = param;
  const Socket s = open_tcp(api(), family);
  const StructureOutOfReach structure(api().memory(), kind);
  tcp_keepalive on = kOn;
  DWORD bytes = 0;
  Expect(
      "result",
      api().WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof on, nullptr, 0, &bytes, structure.address(), nullptr),
      Fails(WSAEFAULT));
}

CTS_CASE(OverlappedStructure, OfACallThatFailsCompletesNothing, overlapped_failure_completes_nothing,
         over(tcp(), notices())) {
  const auto [family, notice] = param;
  const Socket s = open_tcp(api(), family);
  OverlappedCall call(api(), s, notice);
  tcp_keepalive on = kOn;
  const Result result = call.begin(&on, 11);
  Given(input_short_buffer_page, !result.ok() && !is_pending(result));
  Expect("completion", call.completion(kNothingComes), "none");
  Record("Internal", hex(call.structure().Internal));
}

}  // namespace cts
