// Lasttable's booking widget: <script type="module" src=".../web/v1/lasttable.js"></script> and <lasttable-booking venue="..." key="...">.
import '/v1/live/client.js';
import './{build}/common/widget.js';
