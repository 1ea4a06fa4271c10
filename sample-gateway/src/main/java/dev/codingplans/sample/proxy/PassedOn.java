package dev.codingplans.sample.proxy;

import io.micronaut.http.MediaType;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a call whose JSON is the provider's to define, both ways. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@RequestBody(
    required = true,
    content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
@ApiResponse(
    responseCode = "200",
    description = "as the provider answers",
    content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
@interface PassedOn {}
