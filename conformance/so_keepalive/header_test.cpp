// SO_KEEPALIVE in the SDK's headers.
#include "fixtures/api/names.h"
#include "fixtures/verdict/case.h"
#include "keys/so_keepalive.h"

namespace cts {

using namespace key::so_keepalive;

CTS_CASE(OptionHeader, GivesLevelAndNumber, header_option_number, once()) {
  const HeaderFacts facts = api().headers().winsock2;
  Given(header_winsock2_suffices, facts.contains("SOL_SOCKET") && facts.contains("SO_KEEPALIVE"));
  Expect("SOL_SOCKET", hex(static_cast<DWORD>(facts.at("SOL_SOCKET"))), "0xffff");
  Expect("SO_KEEPALIVE", facts.at("SO_KEEPALIVE"), 8);
}

CTS_CASE(OptionHeader, IsWinsock2Alone, header_winsock2_suffices, once()) {
  const HeaderFacts facts = api().headers().winsock2;
  Expect("SO_KEEPALIVE is defined", facts.contains("SO_KEEPALIVE"), true);
  Expect("SOL_SOCKET is defined", facts.contains("SOL_SOCKET"), true);
}

}  // namespace cts
