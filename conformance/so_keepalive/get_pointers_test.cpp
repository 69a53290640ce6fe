// getsockopt with SO_KEEPALIVE and pointers that lead nowhere.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/bad_pointer.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/so_keepalive.h"

namespace cts {

using namespace key::so_keepalive;

CTS_CASE(GetOption, RefusesAnInvalidValuePointer, get_invalid_value_pointer, over(tcp(), bad_pointers()),
         isolated) {
  const auto [family, kind] = param;
  const Socket s = open_tcp(api(), family);
  const BadPointer value(api().memory(), kind);
  int length = 4;
  const Result result = api().getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, value.as<char>(), &length);
  Expect("result", result, Fails(WSAEFAULT));
}

CTS_CASE(GetOption, RefusesAnInvalidLengthPointer, get_invalid_length_pointer, over(tcp(), bad_pointers()),
         isolated) {
  const auto [family, kind] = param;
  const Socket s = open_tcp(api(), family);
  const BadPointer length(api().memory(), kind);
  DWORD value = 0;
  const Result result =
      api().getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, reinterpret_cast<char*>(&value), length.as<int>());
  Expect("result", result, Fails(WSAEFAULT));
}

}  // namespace cts
