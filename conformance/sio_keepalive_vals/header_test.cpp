// The structure and the control code in the SDK's headers.
#include "fixtures/api/names.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {

using namespace key::sio_keepalive_vals;

CTS_CASE(ControlCodeHeader, HasThreeDwords, header_structure_layout, once()) {
  const HeaderFacts facts = api().headers().mstcpip;
  Given(header_mstcpip, facts.contains("sizeof(struct tcp_keepalive)"));
  Expect("size", facts.at("sizeof(struct tcp_keepalive)"), 12);
  Expect("offset of onoff", facts.at("offsetof(struct tcp_keepalive, onoff)"), 0);
  Expect("offset of keepalivetime", facts.at("offsetof(struct tcp_keepalive, keepalivetime)"), 4);
  Expect("offset of keepaliveinterval", facts.at("offsetof(struct tcp_keepalive, keepaliveinterval)"), 8);
}

CTS_CASE(ControlCodeHeader, IsMstcpip, header_mstcpip, once()) {
  const HeaderFacts facts = api().headers().mstcpip;
  Expect("struct tcp_keepalive is defined", facts.contains("sizeof(struct tcp_keepalive)"), true);
  Expect("SIO_KEEPALIVE_VALS is defined", facts.contains("SIO_KEEPALIVE_VALS"), true);
  Record("SIO_KEEPALIVE_VALS is defined by winsock2.h alone",
         api().headers().winsock2.contains("SIO_KEEPALIVE_VALS"));
}

CTS_CASE(ControlCodeHeader, IsVendorCodeFourInOnly, header_control_code, once()) {
  const HeaderFacts facts = api().headers().mstcpip;
  Given(header_mstcpip, facts.contains("SIO_KEEPALIVE_VALS"));
  Expect("SIO_KEEPALIVE_VALS", hex(static_cast<DWORD>(facts.at("SIO_KEEPALIVE_VALS"))), "0x98000004");
}

}  // namespace cts
