package io.lasttable.booking.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.problem.Problem;
import java.util.Optional;

/** What a guest is found by: an e-mail address in whatever case, or the digits of a telephone number. */
record Contact(Optional<String> email, Optional<String> digits) {

    static Contact read(String body) throws JsonProcessingException {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        Optional<String> email = fields.optionalEmail("email");
        Optional<String> phone = fields.optionalPhone("phone");
        fields.refuseOthers();
        if (mistakes.isEmpty() && email.isPresent() == phone.isPresent()) {
            mistakes.add("", "must have either email or phone");
        }
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
        return new Contact(email, phone.map(number -> number.replaceAll("[^0-9]", "")));
    }

    @Override
    public String toString() {
        return "Contact[" + (email.isPresent() ? "email" : "phone") + "]";
    }
}
