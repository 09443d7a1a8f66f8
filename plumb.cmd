@echo off
rem Starts Plumbline on Windows from a distribution (bin\plumb.cmd). Needs Java 17 or newer: PLUMB_JAVA names the java
rem program, else JAVA_HOME's is taken, else the one on the PATH. PLUMB_JAVA_OPTS adds options for the JVM.
setlocal
set "PLUMB_HOME=%~dp0.."
if not exist "%PLUMB_HOME%\lib" (
  echo plumb: %PLUMB_HOME%\lib is missing 1>&2
  exit /b 2
)
set "PLUMB_PROGRAM="
if defined PLUMB_JAVA set "PLUMB_PROGRAM=%PLUMB_JAVA%"
if not defined PLUMB_PROGRAM if exist "%PLUMB_HOME%\runtime\bin\java.exe" set "PLUMB_PROGRAM=%PLUMB_HOME%\runtime\bin\java.exe"
if not defined PLUMB_PROGRAM if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "PLUMB_PROGRAM=%JAVA_HOME%\bin\java.exe"
if not defined PLUMB_PROGRAM set "PLUMB_PROGRAM=java.exe"
set "PLUMB_RELEASE="
if exist "%PLUMB_HOME%\release.txt" set "PLUMB_RELEASE=-Dplumb.release="%PLUMB_HOME%\release.txt""
"%PLUMB_PROGRAM%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:MaxRAMPercentage=60 -Xss2m -Xshare:auto -Dfile.encoding=UTF-8 %PLUMB_RELEASE% %PLUMB_JAVA_OPTS% -cp "%PLUMB_HOME%\lib\*" dev.plumbline.cli.Plumb %*
exit /b %ERRORLEVEL%
