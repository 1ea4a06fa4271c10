package dev.codingplans.plugin.http;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a call that takes an {@code Idempotency-Key} and makes something once (P7). */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(
    name = "Idempotency-Key",
    in = ParameterIn.HEADER,
    required = true,
    schema = @Schema(type = "string", minLength = 1, maxLength = 200))
@ApiResponse(responseCode = "201", description = "made", useReturnTypeSchema = true)
@ApiResponse(
    responseCode = "200",
    description = "made before with the same key",
    useReturnTypeSchema = true)
public @interface Idempotent {}
