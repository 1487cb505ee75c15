package io.lasttable.availability;

import io.lasttable.availability.problem.ProblemDocument;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The parts of the OpenAPI document that all operations share. */
@OpenAPIDefinition(
        info = @Info(title = "Lasttable availability", version = "1"),
        components =
                @Components(
                        responses = {
                            @APIResponse(
                                    name = "BadInput",
                                    description = "Every bad input, named at once",
                                    content =
                                            @Content(
                                                    mediaType = ProblemDocument.MEDIA_TYPE,
                                                    schema = @Schema(implementation = ProblemDocument.class),
                                                    examples = @ExampleObject(name = "badDate", value = """
                    {"type":"/problems/validation-error","title":"The request is not valid","status":400,
                     "detail":"/query/date: expected a date such as 2026-11-28",
                     "errors":[{"pointer":"/query/date","detail":"expected a date such as 2026-11-28"}]}"""))),
                            @APIResponse(
                                    name = "Unknown",
                                    description = "unknown-venue or unknown-day",
                                    content =
                                            @Content(
                                                    mediaType = ProblemDocument.MEDIA_TYPE,
                                                    schema = @Schema(implementation = ProblemDocument.class),
                                                    examples = @ExampleObject(name = "unknownVenue", value = """
                    {"type":"/problems/unknown-venue","title":"Unknown venue","status":404,
                     "detail":"No venue \\"chez-nous\\" is published. Check the id.","venueId":"chez-nous"}"""))),
                            @APIResponse(
                                    name = "RateLimited",
                                    description = "This address asks too fast",
                                    headers =
                                            @Header(
                                                    name = "Retry-After",
                                                    description = "seconds",
                                                    schema = @Schema(implementation = Integer.class)),
                                    content =
                                            @Content(
                                                    mediaType = ProblemDocument.MEDIA_TYPE,
                                                    schema = @Schema(implementation = ProblemDocument.class),
                                                    examples = @ExampleObject(name = "rateLimited", value = """
                    {"type":"/problems/rate-limited","title":"Too many requests","status":429,
                     "detail":"Wait as Retry-After says, then ask more slowly."}"""))),
                            @APIResponse(
                                    name = "Overloaded",
                                    description = "The database does not answer in time",
                                    headers =
                                            @Header(
                                                    name = "Retry-After",
                                                    description = "seconds",
                                                    schema = @Schema(implementation = Integer.class)),
                                    content =
                                            @Content(
                                                    mediaType = ProblemDocument.MEDIA_TYPE,
                                                    schema = @Schema(implementation = ProblemDocument.class),
                                                    examples = @ExampleObject(name = "overloaded", value = """
                    {"type":"/problems/overloaded","title":"Not able to answer now","status":503,
                     "detail":"Try again after Retry-After seconds."}""")))
                        }))
public class AvailabilityApi extends Application {}
