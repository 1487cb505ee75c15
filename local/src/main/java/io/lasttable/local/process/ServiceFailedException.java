package io.lasttable.local.process;

/** A service did not come up; the message is for the person at the terminal and ends with the service's last words. */
public final class ServiceFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ServiceFailedException(String message) {
        super(message);
    }
}
