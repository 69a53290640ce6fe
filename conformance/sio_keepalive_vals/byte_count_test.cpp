// lpcbBytesReturned.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/bad_pointer.h"
#include "fixtures/sockets/guard_memory.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {
namespace {

using namespace key::sio_keepalive_vals;

constexpr DWORD kUnwritten = 0xDEADBEEF;

enum class Unwritable { one, read_only };

Axis<Unwritable> unwritable() { return {{"one", Unwritable::one}, {"read-only", Unwritable::read_only}}; }

// A byte count where it cannot be written: at an impossible address, or in read-only memory.
class UnwritableCount {
 public:
  UnwritableCount(MemoryMap& map, Unwritable kind)
      : kind_(kind), read_only_(GuardMemory::read_only(map, bytes_of(kUnwritten))) {}
  [[nodiscard]] DWORD* address() const {
    return kind_ == Unwritable::one ? reinterpret_cast<DWORD*>(std::uintptr_t{1}) : read_only_.as<DWORD>();
  }

 private:
  Unwritable kind_;
  GuardMemory read_only_;
};

Result call_with_count(SocketApi& api, SOCKET s, DWORD* count) {
  tcp_keepalive on{1, 10'000, 1'000};
  return api.WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof on, nullptr, 0, count, nullptr, nullptr);
}

void CTS_CALLBACK do_nothing(DWORD /*error*/, DWORD /*bytes*/, WSAOVERLAPPED* /*overlapped*/,
                             DWORD /*flags*/) {}

}  // namespace

CTS_CASE(ByteCount, IsZeroOnSuccess, byte_count_zero_on_success, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  DWORD count = kUnwritten;
  Given(call_returns_zero, call_with_count(api(), s, &count));
  Expect("byte count", count, 0);
}

CTS_CASE(ByteCount, NullIsAFault, byte_count_null_pointer, over(tcp()), isolated) {
  const Socket s = open_tcp(api(), param);
  Expect("result", call_with_count(api(), s, nullptr), Fails(WSAEFAULT));
}

CTS_CASE(ByteCount, NullWithOverlapped, byte_count_null_pointer_overlapped,
         over(tcp(), Axis<bool>{{"routine", true}, {"no-routine", false}}), isolated) {
  const auto [family, with_routine] = param;
  const Socket s = open_tcp(api(), family);
  tcp_keepalive on{1, 10'000, 1'000};
  thread_local WSAOVERLAPPED overlapped{};  // outlives the case: the operation may be queued all the same
  Record("result", api().WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof on, nullptr, 0, nullptr, &overlapped,
                                  with_routine ? do_nothing : nullptr));
}

CTS_CASE(ByteCount, UnwritableIsAFault, byte_count_unwritable_pointer, over(tcp(), unwritable()), isolated) {
  const auto [family, kind] = param;
  const Socket s = open_tcp(api(), family);
  const UnwritableCount count(api().memory(), kind);
  Expect("result", call_with_count(api(), s, count.address()), Fails(WSAEFAULT));
}

CTS_CASE(ByteCount, NullAppliesTheSetting, byte_count_applied_although_refused, over(tcp()), isolated) {
  const Socket s = open_tcp(api(), param);
  Record("result", call_with_count(api(), s, nullptr));
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(ByteCount, UnwritableAppliesTheSetting, byte_count_applied_although_refused,
         over(tcp(), unwritable()), isolated) {
  const auto [family, kind] = param;
  const Socket s = open_tcp(api(), family);
  const UnwritableCount count(api().memory(), kind);
  Record("result", call_with_count(api(), s, count.address()));
  Record("keep-alive", api().usable() ? read_keep_alive(api(), s) : "not readable after the exception");
}

CTS_CASE(ByteCount, AfterAFailure, byte_count_after_failure, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  DWORD count = kUnwritten;
  tcp_keepalive on{1, 10'000, 1'000};
  Record("result", api().WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, 0, nullptr, 0, &count, nullptr, nullptr));
  Record("byte count", hex(count));
}

}  // namespace cts
