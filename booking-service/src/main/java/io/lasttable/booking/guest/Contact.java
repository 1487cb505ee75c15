package io.lasttable.booking.guest;

import io.lasttable.booking.contact.Email;
import io.lasttable.booking.contact.SoughtPhone;
import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.problem.Problem;
import java.util.Optional;

/** What a guest is found by: an e-mail address or a telephone number, however it is written. */
record Contact(Optional<Email> email, Optional<SoughtPhone> phone) {

    static Contact read(String body) {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        Optional<Email> email = fields.optional("email", 254, Email::parse, Email.RULE);
        Optional<SoughtPhone> phone = fields.optional("phone", 60, SoughtPhone::of, SoughtPhone.RULE);
        fields.refuseOthers();
        if (mistakes.isEmpty() && email.isPresent() == phone.isPresent()) {
            mistakes.add("", "must have either email or phone");
        }
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
        return new Contact(email, phone);
    }

    @Override
    public String toString() {
        return "Contact[" + (email.isPresent() ? "email" : "phone") + "]";
    }
}
